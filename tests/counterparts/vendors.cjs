// Sends one submission through a vendor's own client, to the emulator instead of to the vendor, and prints what the
// client makes of the answer: node vendors.cjs <client> <emulator's address> <form's id or key> <fields as JSON>
const [client, address, id, fields] = [...process.argv.slice(2, 5), JSON.parse(process.argv[5])];
const ROUTES = { "https://formspree.io": "formspree", "https://api.web3forms.com": "web3forms", "https://submit-form.com": "formspark" };
const real = globalThis.fetch;
globalThis.fetch = (url, options) => {
  const { origin, pathname } = new URL(url);
  if (!ROUTES[origin]) throw new Error(`${origin} is asked`);
  return real(`${address}/${ROUTES[origin]}${pathname}`, options);
};
const print = (result) => console.log(JSON.stringify(result));

const CLIENTS = {
  async formspree() {
    const { createClient, isSubmissionError } = require("@formspree/core");
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.append(name, value);
    const result = await createClient().submitForm(id, data);
    if (!isSubmissionError(result)) return print({ success: true, next: result.next });
    print({ success: false, form: result.getFormErrors(), fields: Object.fromEntries(result.getAllFieldErrors()) });
  },
  async web3forms() {
    const useWeb3Forms = require("@web3forms/react");
    const onSuccess = (message) => print({ success: true, message });
    const { submit } = useWeb3Forms({ access_key: id, settings: {}, onSuccess, onError: (message) => print({ success: false, message }) });
    await submit(fields);
  },
  async formspark() {
    const { useFormspark } = require("@formspark/use-formspark");
    const { createElement } = require("react");
    const { renderToString } = require("react-dom/server");
    let submit;
    renderToString(createElement(() => ((submit = useFormspark({ formId: id })[0]), null)));
    print({ success: true, echo: await submit(fields) });
  },
};
CLIENTS[client]().catch((error) => print({ success: false, thrown: error.message }));
