"""Whatever is packed into a file is read, or the file is reported as not readable."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, PngImagePlugin
from pypdf import PdfReader, PdfWriter

from kokemus import audit
from kokemus.audit import packed, parts
from kokemus.audit.needles import Secret
from kokemus.audit.packed import is_readable

NAME = "Toivo Ränderström"
SECRET = (Secret("experts/q7x.yml", ("private", "name"), NAME),)
SHORT = (Secret("experts/q7x.yml", ("private", "name"), "Aino"),)


def zipped(**members: bytes | str) -> bytes:
    """An archive of members; in their names ``_`` stands for a dot and ``__`` for a slash."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


def shown(text: str, graphics: bytes = b"") -> bytes:
    """The compressed content stream of a PDF page, as an object."""
    words = f"BT /F1 12 Tf 20 20 Td ({text}) Tj ET".encode("cp1252") if text else b""
    stream = zlib.compress(words + graphics)
    return b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream)


def revised(content: bytes, text: str) -> bytes:
    """A PDF whose page was replaced; the earlier page is still in the file."""
    start = len(content) + 1
    content += b"\n4 0 obj\n%s\nendobj\n" % shown(text)
    before = content.rpartition(b"startxref\n")[2].split(b"\n")[0]
    table = b"xref\n4 1\n%010d 00000 n \ntrailer<</Size 6/Root 1 0 R/Prev %s>>\n" % (start, before)
    return content + table + b"startxref\n%d\n%%%%EOF" % len(content)


def pdf(
    text: str = "",
    *,
    title: str = "",
    attached: bytes = b"",
    graphics: bytes = b"",
    opened_by: str = "",
    font: bytes = b"Type1",
    note: bytes = b"",
) -> bytes:
    """A PDF of one page, with compressed streams."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R/Note<%s>>>" % note.hex().encode(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        shown(text, graphics),
        b"<</Type/Font/Subtype/%s/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>" % font,
    ]
    content = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(content)
    content += b"xref\n0 6\n0000000000 65535 f \n" + table
    content += b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
    if not (title or attached or opened_by):
        return content
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    if title:
        writer.add_metadata({"/Title": title})
    if attached:
        writer.add_attachment("liite.txt", attached)
    if opened_by:
        writer.encrypt(opened_by, algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def picture(form: str, **how: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (8, 8)).save(made, form, **how)
    return made.getvalue()


def with_artist(form: str, name: str = NAME, codec: str = "utf-8", tag: int = 0x013B) -> bytes:
    exif = Image.Exif()
    exif[tag] = name.encode(codec)
    return picture(form, exif=exif)


def with_text(kind: str, text: str) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("Author", text, zip=True) if kind == "iTXt" else info.add_text("Author", text, zip=kind == "zTXt")
    return picture("PNG", pnginfo=info)


def profile(content: bytes) -> str:
    """Bytes as ImageMagick stores them in a PNG."""
    return f"\niptc\n{len(content):8}\n{content.hex()}\n"


XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator>{NAME}</dc:creator></x:xmpmeta>".encode()
WORD = "<w:r><w:t>Toivo Rän</w:t></w:r><w:r><w:t>derström</w:t></w:r>"
HOLDING: dict[str, Callable[[], bytes]] = {
    "docx, the word in two runs": lambda: zipped(word__document_xml=WORD),
    "docx, its maker": lambda: zipped(word__document_xml="<w:t/>", docProps__core_xml=f"<dc:creator>{NAME}"),
    "docx, a comment": lambda: zipped(word__comments_xml=f"<w:comment w:author='{NAME}'/>"),
    "xlsx": lambda: zipped(xl__sharedStrings_xml=f"<si><t>{NAME}</t></si>"),
    "pptx": lambda: zipped(ppt__slides__slide1_xml=f"<a:t>{NAME}</a:t>"),
    "odt": lambda: zipped(mimetype="application/vnd.oasis.opendocument.text", meta_xml=f"<dc:creator>{NAME}"),
    "epub": lambda: zipped(mimetype="application/epub+zip", OEBPS__a_xhtml=f"<p>{NAME}</p>"),
    "zip in a zip": lambda: zipped(a_zip=zipped(b_txt=NAME)),
    "a docx with a photo": lambda: zipped(word__media__image1_jpeg=with_artist("JPEG")),
    "a name of a file in a zip": lambda: zipped(**{f"{NAME}_txt": ""}),
    "gzip of a docx": lambda: gzip.compress(zipped(word__document_xml=WORD)),
    "pdf": lambda: pdf(NAME),
    "pdf, its title": lambda: pdf("hei", title=NAME),
    "pdf, a note in a code of its own": lambda: pdf("hei", note=NAME.encode("latin-1") + b"\x7f"),
    "pdf, a file in it": lambda: pdf("hei", attached=NAME.encode()),
    "pdf, a docx in it": lambda: pdf("hei", attached=zipped(word__document_xml=WORD)),
    "pdf, an earlier version of it": lambda: revised(pdf(NAME), "hei"),
    "jpeg, its maker": lambda: with_artist("JPEG"),
    "webp, its maker": lambda: with_artist("WEBP"),
    "png, its maker": lambda: with_artist("PNG"),
    "jpeg, its maker in another code": lambda: with_artist("JPEG", codec="latin-1"),
    "jpeg, its maker as Windows writes it": lambda: with_artist("JPEG", codec="utf-16-le", tag=0x9C9D),
    "png, its maker as ImageMagick writes it": lambda: with_text("zTXt", profile(with_artist("JPEG"))),
    "jpeg, a comment": lambda: picture("JPEG", comment=NAME.encode()),
    "jpeg, XMP": lambda: picture("JPEG", xmp=XMP),
    "png, XMP": lambda: with_text("iTXt", XMP.decode()),
    "png, text": lambda: with_text("tEXt", NAME),
    "png, compressed text": lambda: with_text("zTXt", NAME),
}


@pytest.mark.parametrize("made", HOLDING.values(), ids=HOLDING)
def test_a_name_is_found_in_whatever_it_is_packed(made: Callable[[], bytes]) -> None:
    """Each of these files is also readable."""
    content = made()
    assert [leak.secret for leak in audit.leaks([("a.bin", content)], SECRET)] == list(SECRET)
    assert is_readable(content)


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "PNG", "AVIF"])
@pytest.mark.parametrize(("codec", "tag"), [("utf-8", 0x013B), ("utf-16-le", 0x9C9D)])
def test_a_short_name_in_the_metadata_of_a_picture_is_a_leak(form: str, codec: str, tag: int) -> None:
    """The pixels of a photo may contain it by chance, its metadata may not."""
    assert audit.leaks([("a.jpg", with_artist(form, "Aino", codec, tag))], SHORT)
    assert audit.leaks([("a.jpg", picture(form))], SHORT) == ()


CLEAN: dict[str, Callable[[], bytes]] = {
    "docx": lambda: zipped(
        word__="", word__document_xml="<w:t>Tervetuloa</w:t>", word__printerSettings1_bin=b"\x00\x01\xff"
    ),
    "pdf": lambda: pdf("Tervetuloa"),
    "jpeg": lambda: picture("JPEG"),
    "utf-16": lambda: "Tervetuloa".encode("utf-16"),
    "latin-1": lambda: "Tervetuloa, hyvää päivää".encode("latin-1"),
    "empty": lambda: b"",
}


@pytest.mark.parametrize("made", CLEAN.values(), ids=CLEAN)
def test_a_clean_file_is_clean_and_readable(made: Callable[[], bytes]) -> None:
    """The control: nothing is found, and nobody needs to check the file."""
    assert audit.leaks([("a.bin", made())], SECRET) == ()
    assert is_readable(made())


DRAWING = b"\x01\x00\x00\x00".ljust(40, b"\x01") + b" EMF"


def test_a_drawing_in_a_document_is_searched_and_needs_no_list() -> None:
    """What is only named like a drawing is not excused."""
    named = zipped(word__media__a_emf=DRAWING + NAME.encode("utf-16-le"))
    assert [leak.secret for leak in audit.leaks([("a.docx", named)], SECRET)] == list(SECRET)
    assert is_readable(named)
    assert not is_readable(zipped(word__media__a_emf=b"\x00\xff\x93unknown"))


def bomb(times: int) -> bytes:
    """Zeros, packed repeatedly."""
    content = bytes(parts.LARGEST + 1)
    for _ in range(times):
        content = zipped(a_zip=content)
    return content


def locked() -> bytes:
    """An archive whose only member is marked as encrypted."""
    content = bytearray(zipped(a_txt="hei"))
    for start in (content.find(b"PK\x03\x04") + 6, content.find(b"PK\x01\x02") + 8):
        content[start] |= 1
    return bytes(content)


UNREADABLE: dict[str, Callable[[], bytes]] = {
    "an encrypted pdf": lambda: pdf("hei", opened_by="x"),
    "a pdf whose letters only its font knows": lambda: pdf("hei", font=b"Type0"),
    "a scanned pdf": lambda: pdf(graphics=b"q 100 0 0 100 0 0 cm /Im0 Do Q"),
    "a broken pdf": lambda: b"%PDF-1.7\n" + b"x" * 100,
    "an encrypted zip": locked,
    "a broken zip": lambda: zipped(a_txt=NAME)[:-30] + b"PK\x05\x06" + b"x" * 30,
    "a recording": lambda: b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(range(256)),
    "a recording in a zip": lambda: zipped(a_mp3=b"ID3\x04\x00" + bytes(range(256))),
    "an old word document": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    "rich text": lambda: b"{\\rtf1 Toivo R\\'e4nderstr\\'f6m}",
    "postscript": lambda: b"%!PS-Adobe-3.0\n(hei) show",
    "a web font": lambda: b"wOF2" + bytes(range(256)),
    "more than is unpacked": lambda: bomb(1),
    "too many layers": lambda: zipped(a_zip=zipped(a_zip=zipped(a_zip=zipped(b_txt="hei")))),
    "cut gzip": lambda: gzip.compress(b"hei" * 1000)[:-20],
}


@pytest.mark.slow
@pytest.mark.parametrize("made", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_whole_is_not_readable(made: Callable[[], bytes]) -> None:
    """Files that are encrypted, broken, too large, only pixels or sound, or of an unknown kind."""
    assert not is_readable(made())


@pytest.mark.slow
def test_a_bomb_takes_no_more_than_what_may_be_unpacked() -> None:
    """Whatever size it claims to have."""
    content = bomb(2)
    assert len(content) < 10_000
    assert sum(len(leaf.content) for leaf in packed.leaves(content)) < 2 * parts.LARGEST
