"""A questionnaire as a printed form that a machine reads back: where each box stands, and the form's number."""
