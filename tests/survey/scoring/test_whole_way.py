"""The unit scores itself, the appraiser cuts, the unit explains, the appraiser decides."""

from __future__ import annotations

from survey.scoring.criteria import evidence_leaves
from tests.survey.scoring.page import become, save
from tests.survey.scoring.place import FRAMEWORK, PLAN, audit_of


def test_from_self_score_to_decision(app, client, sign_in, place):
    """The whole way, as the officer and the appraiser go it."""
    with app.app_context():
        scored = {leaf.code for leaf in evidence_leaves(FRAMEWORK, "so")} - {PLAN}
        for code in scored:
            place.score(code, self_score=0.5)

    sign_in("unit_officer", name="officer", unit_id=place.unit_ids[0])
    reply = save(client, place.unit, **{f"self_score-{PLAN}": "0,75", f"evidence-{PLAN}": "KH số 5/KH-SNV"})
    assert reply.status_code == 302
    assert 'value="0,75"' in client.get(place.unit).text
    assert client.submit(f"{place.unit}/submit").status_code == 302
    assert f'name="self_score-{PLAN}"' not in client.get(place.unit).text

    sign_in("appraiser")
    refused = save(client, place.unit, **{f"appraised-{PLAN}": "0,5"})
    assert refused.status_code == 400
    assert "Điểm thấp hơn điểm tự chấm 0,75" in refused.text
    assert f'href="#appraisal_note-{PLAN}"' in refused.text
    cut = {f"appraised-{PLAN}": "0,5", f"appraisal_note-{PLAN}": "Ban hành chậm"}
    assert save(client, place.unit, **cut).status_code == 302

    become(client, app, "officer")
    save(client, place.unit, **{f"explanation-{PLAN}": "Chờ hướng dẫn của tỉnh"})
    become(client, app, "appraiser")
    assert "Giải trình chờ xem xét" in client.get(place.unit).text
    assert save(client, place.unit, **{f"uphold-{PLAN}": "yes"}).status_code == 302
    assert f'name="uphold-{PLAN}"' not in client.get(place.unit).text

    story = client.get(f"{place.unit}/history/{PLAN}").text
    order = [
        story.index(word) for word in ("Đã xem xét giải trình", "Chờ hướng dẫn", "Ban hành chậm", "KH số 5")
    ]
    assert order == sorted(order)
    with app.app_context():
        entries = audit_of(PLAN)
        actions = ["score.self", "score.appraise", "score.explain", "score.uphold"]
        assert [entry.action for entry in entries] == actions
        assert entries[1].details["before"] == {"appraised": None, "appraisal_note": ""}
        assert entries[1].details["after"] == {"appraised": 0.5, "appraisal_note": "Ban hành chậm"}
