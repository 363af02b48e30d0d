"""From the file a scanner writes to the answers of a form."""

import io

import numpy as np
import pytest
from PIL import Image

from questionnaires.paper.layout import Layout
from questionnaires.scanning import forms_of, pages_of, read_page
from tests.degraded.filled import filled_page
from tests.degraded.kinds import Kind
from tests.degraded.people import CLEAN
from tests.degraded.printed import citizens_form

FORM = citizens_form()


@pytest.mark.parametrize("kind", ["PDF", "TIFF"])
def test_a_form_goes_from_a_file_to_its_answers(kind: str):
    random, meant, images = np.random.default_rng(3), {}, []
    for number, page in enumerate(FORM.pages, 1):
        filled = filled_page(page, FORM.layout, number, CLEAN, random)
        meant |= filled.meant
        images.append(Image.fromarray(Kind().scan(filled.image, random)))
    file = io.BytesIO()
    images[0].save(file, kind, save_all=True, append_images=images[1:], resolution=150, quality=80)
    layouts: dict[str, Layout] = FORM.layouts
    readings = [read_page(page, layouts) for page in pages_of(file, "lô.pdf")]
    stack = forms_of(readings, layouts, {FORM.serial: next(iter(layouts))})
    (form,) = stack.forms
    assert (form.serial, form.faults, stack.faults) == (FORM.serial, (), ())
    assert {item: each.values for item, each in form.items.items()} == {i: m.values for i, m in meant.items()}
