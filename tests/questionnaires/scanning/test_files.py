"""Opening what people upload."""

import io
import struct
import zlib

import numpy as np
import pypdf
import pytest
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from questionnaires.scanning import ScanRefused, count_pages, files, pages_of, pdfs, pictures, read_page

GREY = np.tile(np.linspace(0, 255, 120, dtype=np.uint8), (90, 1))


def file_of(*images: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    images[0].save(
        file, kind, **({"save_all": True, "append_images": images[1:]} if images[1:] else {}), **options
    )
    return file.getvalue()


def grey(level: int) -> Image.Image:
    return Image.new("L", (120, 90), level)


def refused(content: bytes) -> str:
    with pytest.raises(ScanRefused) as error:
        count_pages(io.BytesIO(content), "lô 7.pdf")
    assert error.value.fault.place == "lô 7.pdf"
    return error.value.fault.sentence()


@pytest.mark.parametrize("kind", ["TIFF", "PDF"])
def test_all_pages_of_a_file_come_in_order_one_at_a_time(kind):
    content = file_of(grey(10), grey(120), grey(240), kind=kind)
    assert count_pages(io.BytesIO(content), "x") == 3
    pages = pages_of(io.BytesIO(content), "x")
    first = next(pages)
    assert (first.file, first.number, first.fault) == ("x", 1, None)
    assert [round(page.image.mean(), -1) for page in (first, *pages)] == [10, 120, 240]


@pytest.mark.parametrize(
    ("tag", "becomes"),
    [
        (256, struct.pack("<H", 60_000)),  # no width
        (259, struct.pack("<HHII", 259, 3, 1, 65_285)),  # a compression that does not exist
    ],
)
def test_a_tiff_with_a_wrong_tag_is_broken(tag, becomes):
    content = bytearray(file_of(grey(10), kind="TIFF"))
    (start,) = struct.unpack_from("<I", content, 4)
    (tags,) = struct.unpack_from("<H", content, start)
    entries = range(start + 2, start + 2 + 12 * tags, 12)
    place = next(entry for entry in entries if struct.unpack_from("<H", content, entry) == (tag,))
    content[place : place + len(becomes)] = becomes
    assert "or it is broken" in refused(bytes(content))


def test_a_process_opens_only_its_share_of_the_pages():
    content = file_of(*map(grey, range(0, 250, 50)), kind="TIFF")
    assert [page.number for page in pages_of(io.BytesIO(content), "x", range(2, 6, 2))] == [2, 4]


def test_a_page_of_a_pdf_is_drawn_as_finely_as_the_picture_in_it():
    content = file_of(Image.fromarray(GREY), kind="PDF", resolution=240)
    (page,) = pages_of(io.BytesIO(content), "x")
    assert np.abs(np.subtract(page.image.shape[:2], GREY.shape)).max() <= 1


def test_a_photograph_taken_sideways_stands_upright():
    lying = Image.fromarray(GREY)
    exif = lying.getexif()
    exif[0x0112] = 6  # turn by 90° clockwise to show
    (page,) = pages_of(io.BytesIO(file_of(lying, kind="JPEG", exif=exif)), "x")
    assert page.image.shape == (120, 90)
    assert page.image[0].mean() < page.image[-1].mean()


def test_what_is_transparent_is_paper_and_what_is_deep_keeps_its_greys():
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    (page,) = pages_of(io.BytesIO(file_of(clear, kind="PNG")), "x")
    assert page.image.min() == 255
    deep = Image.fromarray((GREY.astype(np.uint16)) * 257)
    (page,) = pages_of(io.BytesIO(file_of(deep, kind="PNG")), "x")
    assert np.abs(page.image.astype(int) - GREY).max() <= 1


def test_colours_stay_in_the_order_red_green_blue():
    red = Image.new("RGB", (40, 40), (200, 10, 10))
    for kind in ("PNG", "PDF", "TIFF"):
        (page,) = pages_of(io.BytesIO(file_of(red, kind=kind)), "x")
        assert page.image[20, 20, 0] > 150 > page.image[20, 20, 2]


def test_files_without_a_page_to_read_are_refused_in_words():
    assert refused(b"") == "“lô 7.pdf” is empty."
    assert "no PDF, TIFF, JPEG, PNG or HEIC" in refused(b"hello")
    assert "broken PDF" in refused(b"%PDF-1.7\nnothing")
    assert "no PDF, TIFF, JPEG, PNG or HEIC" in refused(file_of(grey(9), kind="GIF"))


def test_a_locked_pdf_is_refused_and_the_reason_told():
    writer, file = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(file)
    assert "locked with a password" in refused(file.getvalue())


def test_a_file_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "MOST_PAGES", 2)
    for kind in ("TIFF", "PDF"):
        assert "more than 2 pages" in refused(file_of(grey(1), grey(2), grey(3), kind=kind))
        assert count_pages(io.BytesIO(file_of(grey(1), grey(2), kind=kind)), "x") == 2


def test_frames_beyond_the_most_are_not_looked_for(monkeypatch: pytest.MonkeyPatch):
    """A file of a few megabytes can hold so many that to walk them all takes minutes."""
    monkeypatch.setattr(files, "MOST_PAGES", 2)
    content, looked_at, seek = file_of(*map(grey, range(9)), kind="TIFF"), [], TiffImageFile.seek

    def noted(image: TiffImageFile, frame: int) -> None:
        looked_at.append(frame)
        seek(image, frame)

    monkeypatch.setattr(TiffImageFile, "seek", noted)
    assert "more than 2 pages" in refused(content)
    assert looked_at == [1, 2]


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes that would fill gigabytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_a_picture_that_would_fill_the_memory_is_not_opened():
    (page,) = pages_of(io.BytesIO(png_that_claims(9_000, 9_000)), "large.png")
    assert page.image is None
    assert page.fault.place == "large.png:1"
    assert "too many pixels" in page.fault.sentence()
    assert "too many pixels" in refused(png_that_claims(60_000, 60_000))


def test_a_picture_inside_a_pdf_that_would_fill_the_memory_is_not_drawn(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdfs, "MOST_PIXELS", 1_000)
    (page,) = pages_of(io.BytesIO(file_of(Image.fromarray(GREY), kind="PDF")), "large.pdf")
    assert "too many pixels" in page.fault.sentence()


def drawn(pictures: int = 1, levels: int = 0) -> bytes:
    """A PDF whose page shows so many pictures, within so many drawings within each other."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(120, 90))
    for level in range(levels or 1):
        if levels:
            canvas.beginForm(f"drawing{level}")
        if level:
            canvas.doForm(f"drawing{level - 1}")
        else:
            for number in range(pictures):
                canvas.drawImage(ImageReader(grey(number)), 0, 0)
        if levels:
            canvas.endForm()
    if levels:
        canvas.doForm(f"drawing{levels - 1}")
    canvas.save()
    return file.getvalue()


def test_pictures_of_a_page_are_measured_together(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdfs, "MOST_PIXELS", 3 * 120 * 90)
    assert [page.fault for page in pages_of(io.BytesIO(drawn(3)), "three.pdf")] == [None]
    (page,) = pages_of(io.BytesIO(drawn(4)), "four.pdf")
    assert "too many pixels" in page.fault.sentence()


@pytest.mark.parametrize("levels", range(1, pdfs.DEEPEST))
def test_pictures_within_drawings_are_measured_too(monkeypatch: pytest.MonkeyPatch, levels: int):
    content = drawn(2, levels)
    assert [page.fault for page in pages_of(io.BytesIO(content), "x.pdf")] == [None]
    monkeypatch.setattr(pdfs, "MOST_PIXELS", 120 * 90 + 1)
    (page,) = pages_of(io.BytesIO(content), "x.pdf")
    assert "too many pixels" in page.fault.sentence()


def test_drawings_too_deep_within_each_other_are_refused():
    (page,) = pages_of(io.BytesIO(drawn(levels=pdfs.DEEPEST)), "deep.pdf")
    assert "far more pieces" in page.fault.sentence()


def test_a_page_of_too_many_pieces_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdfs, "MOST_PIECES", 4)
    assert [page.fault for page in pages_of(io.BytesIO(drawn(4)), "x.pdf")] == [None]
    (page,) = pages_of(io.BytesIO(drawn(5)), "x.pdf")
    assert "far more pieces" in page.fault.sentence()


def test_a_broken_page_is_named():
    whole = file_of(Image.fromarray(GREY), kind="JPEG", quality=95)
    (page,) = pages_of(io.BytesIO(whole[: len(whole) // 2]), "half.jpg")
    assert page.image is None
    assert page.fault.sentence() == "Page 1 of “half.jpg” is broken and cannot be opened."


def test_a_page_on_which_a_library_fails_costs_no_other(monkeypatch: pytest.MonkeyPatch):
    array = pictures._array

    def odd(image: Image.Image) -> np.ndarray:
        if image.getpixel((0, 0)) == 20:
            raise RuntimeError("unknown raw mode for given image mode")
        return array(image)

    monkeypatch.setattr(pictures, "_array", odd)
    pages = list(pages_of(io.BytesIO(file_of(grey(10), grey(20), grey(30), kind="TIFF")), "lô 7.tif"))
    assert [page.image is None for page in pages] == [False, True, False]
    assert [page.fault and page.fault.place for page in pages] == [None, "lô 7.tif:2", None]
    assert "reason of our own" in pages[1].fault.sentence()
    assert "unknown raw mode" in pages[1].error
    assert read_page(pages[1], {}).error == pages[1].error
