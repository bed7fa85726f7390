"""madoguchi.channels.processor: what replaces Rasa's methods still does what they do.

tests/conversations/test_processor.py plays whole conversations through both."""

from __future__ import annotations

import hashlib
import inspect
import json
import logging
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest
import rasa
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.policies.ensemble import DefaultPolicyPredictionEnsemble
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    BotUttered,
    ConversationPaused,
    DefinePrevUserUtteredFeaturization,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException

from madoguchi.channels import processor
from madoguchi.channels.processor import CheckedAction, LocalAction, quicken

# What was replaced or relied on, with the digest of its source in the version that we were written for. When one
# differs: read what changed, change madoguchi/channels/processor.py and runner.py to match, then this digest.
READ = {
    Agent.load: "7d384dfbd3392ec7",
    Agent.load_model: "f4c1ab4c5c7af634",
    DaskGraphRunner.run: "45f0f52f574f3aa9",
    DaskGraphRunner._instantiate_nodes: "1617dc20d9307e81",
    DefaultPolicyPredictionEnsemble._best_policy_prediction: "2abb246155670b85",
    DefaultPolicyPredictionEnsemble.combine_predictions: "dbfce6c0ae310dbd",
    LocalModelStorage._load_metadata: "66142ec69c7cb07a",
    MessageProcessor.__init__: "e7cdae90996508bf",
    MessageProcessor._check_for_unseen_features: "286ab49de966bc0e",
    MessageProcessor._get_action: "7fbb1ce3c43f24b9",
    MessageProcessor._load_model: "17f24faf96817bdf",
    MessageProcessor._log_action_on_tracker: "d973d12a6d0a3623",
    MessageProcessor._predict_next_with_tracker: "111a9023a5bcb32d",
    MessageProcessor.parse_message: "b98d8e49b9f2c433",
    MessageProcessor.predict_next_with_tracker_if_should: "7ef2b933ac1ec9b2",
    MessageProcessor.run_action_extract_slots: "ff52049be97dde87",
    ModelMetadata.from_dict: "ee3da9f00c7daa75",
    RemoteAction._action_call_format: "428795b944f22edb",
    RemoteAction._validate_action_result: "f8cdb4be68123961",
    RemoteAction.run: "ccabf6f1160d527a",
    RulePolicy._find_action_from_rules: "be6da6ee0f5429bd",
    RulePolicy._get_possible_keys: "2915fd81711e194c",
    RulePolicy._is_rule_applicable: "64a108b016b46e57",
    RulePolicy._predict: "f5182d8a10639e14",
}


@pytest.mark.parametrize("method", READ, ids=lambda method: method.__qualname__)
def test_置き換えたRasaのメソッドは変わっていない(method: Any) -> None:
    assert hashlib.sha256(inspect.getsource(method).encode()).hexdigest()[:16] == READ[method]


def test_書いたときの版のRasaで動いている() -> None:
    assert rasa.__version__ == processor.WRITTEN_FOR


def test_ほかの版のRasaでは何も置き換えず_そう知らせる(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(processor, "WRITTEN_FOR", "3.6.99")
    monkeypatch.setattr(Agent, "load", lambda model, **options: ("loaded by Rasa", model, options))
    assert processor.quick_agent("model", lock_store=None) == ("loaded by Rasa", "model", {"lock_store": None})
    own = SimpleNamespace()
    agent = SimpleNamespace(processor=own)
    with caplog.at_level(logging.WARNING):
        quicken(agent)
    assert agent.processor is own
    assert "3.6.99" in caplog.text


def test_モデルのないエージェントはそのまま() -> None:
    agent = SimpleNamespace(processor=None)
    quicken(agent)
    assert agent.processor is None


# --- what the rules look at ------------------------------------------------------------------------------------------

TURN: list[Event] = [
    ActionExecuted("action_listen"),
    UserUttered("いくら", {"name": "ask"}),
    DefinePrevUserUtteredFeaturization(False),
    ActionExecuted("action_tell"),
    BotUttered("答え"),
    SlotSet("focus", {}),
]
STATES = ((None, None), (None, "action_listen"), ("ask", "action_listen"), ("ask", "action_tell"))


def course(events: list[Event], **steps: int) -> Any:
    """The course, by rules that look so many states back behind the named actions; nine behind action_tell."""
    return processor._course(DialogueStateTracker.from_events("a", events), {"action_tell": 9, **steps})


def test_経過は意図と行動の並び() -> None:
    assert course(TURN) == (STATES[0], STATES[2], STATES[3])
    assert course(TURN, action_tell=1) == (STATES[3],)
    assert course(TURN[:2]) == (STATES[2],)
    assert course(TURN[:2], action_listen=2) == (STATES[0], STATES[2])
    assert course([SlotSet("a", 1), *TURN, SessionStarted(), *TURN]) == course(TURN)


@pytest.mark.parametrize(
    "event",
    [
        ActionExecutionRejected("action_tell"),
        ActionReverted(),
        ActiveLoop("form"),
        ConversationPaused(),
        DefinePrevUserUtteredFeaturization(True),
        ActionExecuted(action_text="読み上げる"),
    ],
    ids=lambda event: f"{type(event).__name__}",
)
def test_ほかのことが起きた会話は_そのつどRasaに聞く(event: Event) -> None:
    assert course([*TURN, event]) is None


def test_仕切り直しはそれまでを忘れるか_Rasaに聞くか() -> None:
    assert course([*TURN, Restarted()]) is None


def rules(*states: list[dict[str, Any]], **config: Any) -> Any:
    policy = RulePolicy.__new__(RulePolicy)
    policy.lookup = {"rules": {json.dumps(rule): "action_tell" for rule in states}}
    policy.config = {"use_nlu_confidence_as_score": False, **config}
    return policy


LISTENING = {"prev_action": {"action_name": "action_listen"}, "user": {"intent": "ask"}}
TOLD = {"prev_action": {"action_name": "action_tell"}, "user": {"intent": "ask"}}


@pytest.mark.parametrize(
    ("policies", "steps"),
    [
        ([rules([LISTENING])], {"action_listen": 1}),
        ([rules([LISTENING], [LISTENING, TOLD])], {"action_listen": 1, "action_tell": 2}),
        ([rules([LISTENING, TOLD], [TOLD], [{"user": {"intent": "ask"}}])], {"action_tell": 2, None: 1}),
        ([rules([{**LISTENING, "slots": {"name": "set"}}])], None),
        ([rules([{"prev_action": {"action_name": "action_listen"}, "user": {"text": "いくら"}}])], None),
        ([rules([{**LISTENING, "user": {"intent": "ask", "entities": ["program"]}}])], None),
        ([rules([{**LISTENING, "active_loop": {"name": "form"}}])], None),
        ([rules([LISTENING], use_nlu_confidence_as_score=True)], None),
        ([rules([LISTENING]), rules([LISTENING])], None),
        ([], None),
    ],
    ids=["一段", "二段", "会話の始め", "スロット", "文", "固有名", "フォーム", "確信度", "方針が二つ", "方針なし"],
)
def test_意図と行動だけの規則なら_何段前まで見るかが分かる(
    policies: list[Any], steps: dict[str | None, int] | None
) -> None:
    runner = SimpleNamespace(components=lambda: [object(), *policies])
    assert processor._steps_of_rules(runner) == steps


def test_予測の写しは元と分かれている() -> None:
    event = SlotSet("a", 1)
    prediction = PolicyPrediction([0.0, 1.0], "RulePolicy", 6, [event], hide_rule_turn=True)
    copied = processor._copied(prediction)
    assert copied == prediction
    assert copied.hide_rule_turn
    copied.probabilities[1] = 0.0
    copied.events[0].metadata = {"model_id": "x"}
    copied.events.append(event)
    assert prediction.probabilities == [0.0, 1.0]
    assert prediction.events == [event]
    assert event.metadata == {}


# --- actions ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "fits"),
    [
        ({"events": [{"event": "slot", "name": "a", "value": 1, "timestamp": None}], "responses": []}, True),
        ({"events": [{"name": "a"}], "responses": []}, False),
        ({"events": "slot", "responses": []}, False),
        ({"events": [], "responses": ["答え"]}, False),
    ],
)
def test_別プロセスの返事は_Rasaと同じ図式で確かめる(result: dict[str, Any], fits: bool) -> None:
    for check in (RemoteAction("a", None)._validate_action_result, CheckedAction("a", None)._validate_action_result):
        if fits:
            assert check(result)
        else:
            with pytest.raises(jsonschema.ValidationError):
                check(result)


def test_このプロセスの返事も_形は確かめる() -> None:
    action = LocalAction("action_tell", None)
    assert action._validate_action_result({"events": [{"event": "slot"}], "responses": [{"text": "答え"}]})
    with pytest.raises(RasaException, match="action_tell"):
        action._validate_action_result({"events": ["slot"], "responses": []})


def test_行動に渡すものはRasaと同じ() -> None:
    domain = Domain.from_dict({"intents": ["ask"], "actions": ["action_tell"]})
    tracker = DialogueStateTracker.from_events("a", TURN)
    expected = RemoteAction("action_tell", None)._action_call_format(tracker, domain)
    action = CheckedAction("action_tell", None)
    for _ in range(2):
        assert action._action_call_format(tracker, domain) == expected


# --- slots -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mapping", "actions", "fills"),
    [
        ({"type": "custom"}, [], False),
        ({"type": "custom", "action": "action_tell"}, ["action_tell"], True),
        ({"type": "from_text"}, [], True),
        ({"type": "from_intent", "value": "x", "intent": "ask"}, [], True),
        ({"type": "custom"}, ["action_validate_slot_mappings"], True),
    ],
)
def test_文から埋まるスロットがあるかを見分ける(mapping: dict[str, str], actions: list[str], fills: bool) -> None:
    slot = {"type": "any", "influence_conversation": False, "mappings": [mapping]}
    domain = Domain.from_dict({"intents": ["ask"], "actions": actions, "slots": {"name": slot}})
    assert processor._fills_slots(domain) is fills


def test_知っている意図と固有名なら_調べ直さない() -> None:
    domain = Domain.from_dict({"intents": ["ask"], "entities": ["program"]})
    quick = SimpleNamespace(domain=domain)

    def knows(intent: str | None, *entities: str) -> bool:
        parsed = {"intent": {"name": intent}, "entities": [{"entity": name} for name in entities]}
        return processor.QuickProcessor._knows(quick, parsed)

    assert knows("ask", "program")
    assert not knows("ask", "program", "unknown")
    assert not knows("unknown")
    assert not knows(None)
