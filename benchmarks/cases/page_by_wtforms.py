"""A page of questions as a usual Flask application makes it: WTForms fields in a Jinja template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, render_template_string
from flask_wtf import FlaskForm
from wtforms import Form, RadioField

from questionnaires.schema import Questionnaire, in_language

PAGE = """<!DOCTYPE html>
<html lang="vi">
<head><meta charset="utf-8"><title>{{ title }}</title></head>
<body>
<h1>{{ title }}</h1>
<form method="post">
{{ form.csrf_token }}
{% for field in form if field.type == "RadioField" %}
<fieldset class="govuk-fieldset" aria-describedby="{{ field.id }}-hint">
  <legend class="govuk-fieldset__legend">{{ field.label.text }}</legend>
  <div class="govuk-hint" id="{{ field.id }}-hint">{{ field.description }}</div>
  {% for error in field.errors %}<p class="govuk-error-message">{{ error }}</p>{% endfor %}
  <div class="govuk-radios">
    {% for choice in field %}
    <div class="govuk-radios__item">
      {{ choice(class_="govuk-radios__input") }}
      {{ choice.label(class_="govuk-label govuk-radios__label") }}
    </div>
    {% endfor %}
  </div>
</fieldset>
{% endfor %}
<button class="govuk-button">Lưu và tiếp tục</button>
</form>
</body>
</html>
"""


def page_by_wtforms(
    app: Flask, questionnaire: Questionnaire, answers: Mapping[str, str]
) -> Callable[[], str]:
    """A function that makes the form, fills it and renders its page, as a view does at each request."""
    form_class = form_of(questionnaire)
    title = in_language(questionnaire.title, "vi")
    app.jinja_env.from_string(PAGE)  # compiled beforehand, as a template file would be
    return lambda: render_template_string(PAGE, form=form_class(data=answers), title=title)


def form_of(questionnaire: Questionnaire) -> type[Form]:
    fields: dict[str, Any] = {
        question.code: RadioField(
            in_language(question.text, "vi"),
            description=in_language(question.hint, "vi"),
            choices=[(choice.code, in_language(choice.text, "vi")) for choice in question.choices],
        )
        for question in questionnaire.questions()
    }
    return type("QuestionsForm", (FlaskForm,), fields)
