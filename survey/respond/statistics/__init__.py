"""How people get through a form, counted in sums alone: no row and no line is about one person.

    started(survey, leads_to)                 a draft was begun; `leads_to` is the reply that opens a page
    declined(survey)                          somebody read what it is about and left
    page_saved(survey, page, step, before, leads_to)
    pages_handed_over(survey, booklet, before, answers)    pages answered without a connection
    finished(survey, door, visit, outcome)    answers became a response

Counts wait in the memory of each process for some seconds before they are written, so that counting costs a
request some microseconds and never holds up the transaction that stores answers. Whoever pulls the plug
loses those seconds of counts; of answers nothing is lost. A day and a time are noted nowhere.
"""

from survey.respond.statistics.happening import declined, finished, page_saved, pages_handed_over, started
from survey.respond.statistics.storing import init_app

__all__ = ["declined", "finished", "init_app", "page_saved", "pages_handed_over", "started"]
