"""Rasa's message processor: the same events in the same order, for a small part of the work.

`quicken(agent)` gives a loaded agent this processor; the connector of madoguchi/channels/in_process.py does so when the
server starts. Everything that stands in the place of a method of Rasa is in this module:

- the graph is run without a scheduler (madoguchi/channels/runner.py);
- `_predict_next_with_tracker` asks the rules once for each course of intents and actions, and remembers the answer;
- `predict_next_with_tracker_if_should` and `_get_action` make an action once, not with its dozen siblings each time;
- `run_action_extract_slots` runs only where the domain has a slot that a message could fill;
- `parse_message` and `_log_action_on_tracker` make no deep copies for a log that nobody reads;
- `RemoteAction._validate_action_result` checked the JSON schema itself at each call, `_action_call_format` wrote the
  whole domain anew for each.

The replacements are written for one version of Rasa. With any other `quicken` changes nothing and says so in the log:
slower, but right. tests/unit/channels/test_processor.py notices when a replaced method changes, and plays conversations
through both processors. docs/adr/0004-quick-messages.md has the figures.
"""

from __future__ import annotations

import copy
import functools
import json
import logging
import tarfile
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import rasa
import rasa.shared.utils.io
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from rasa.core.actions.action import Action, ActionListen, RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import MODEL_ARCHIVE_METADATA_FILE, LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.exceptions import ActionLimitReached, ModelNotFound
from rasa.shared.core.constants import ACTION_VALIDATE_SLOT_MAPPINGS, DEFAULT_SLOT_NAMES, PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.slot_mappings import SlotMappingType
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import ACTION_NAME, ENTITIES, INTENT, INTENT_NAME_KEY
from rasa.utils.common import TempDirectoryPath, get_temp_dir_name

from madoguchi.channels.runner import SequentialGraphRunner

WRITTEN_FOR = "3.6.21"
_REMEMBERED = 4096  # courses of intents and actions; ours, of 30 intents and rules of two steps, are some 60

logger = logging.getLogger(__name__)

# What the rules look at in one state of a conversation: the last message's intent, and the action before
_State = tuple[str | None, str | None]


def quicken(agent: Agent) -> None:
    """Give the agent the quick processor, unless it has no model or Rasa is not the version it was written for."""
    processor = agent.processor
    if processor is None or isinstance(processor, QuickProcessor):
        return
    if rasa.__version__ != WRITTEN_FOR:
        logger.warning("Rasa is %s, not %s: messages take their usual time", rasa.__version__, WRITTEN_FOR)
        return
    agent.processor = QuickProcessor.instead_of(processor)


def quick_agent(model: Path, **options: Any) -> Agent:
    """What `Agent.load` returns, with the quick processor, and loaded without what only training needs."""
    if rasa.__version__ != WRITTEN_FOR:
        return Agent.load(model, **options)
    agent = _QuickAgent(**options)
    agent.load_model(model)
    return agent


class _QuickAgent(Agent):
    def load_model(self, model_path: str | Path, fingerprint: str | None = None) -> None:
        """Load the model and its processor."""
        self.processor = QuickProcessor(
            model_path=model_path,
            tracker_store=self.tracker_store,
            lock_store=self.lock_store,
            action_endpoint=self.action_endpoint,
            generator=self.nlg,
            http_interpreter=self.http_interpreter,
        )
        self.domain = self.processor.domain
        self._set_fingerprint(fingerprint)
        self.tracker_store.domain = self.domain
        if isinstance(self.nlg, TemplatedNaturalLanguageGenerator):
            self.nlg.responses = self.domain.responses if self.domain else {}


class _Storage(LocalModelStorage):
    """A model's files, without the graph that trained it: its classes would load TensorFlow, and nobody asks for it."""

    @staticmethod
    def _load_metadata(directory: Path) -> ModelMetadata:
        metadata = rasa.shared.utils.io.read_json_file(directory / MODEL_ARCHIVE_METADATA_FILE)
        return ModelMetadata.from_dict({**metadata, "train_schema": {"nodes": {}}})


class QuickProcessor(MessageProcessor):
    """Handles messages as MessageProcessor does."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._prepare()

    @classmethod
    def instead_of(cls, processor: MessageProcessor) -> QuickProcessor:
        """A processor with the same model, stores and endpoint."""
        quick = cls.__new__(cls)
        quick.__dict__.update(processor.__dict__)
        quick.graph_runner = SequentialGraphRunner.instead_of(processor.graph_runner)
        quick._prepare()
        return quick

    def _prepare(self) -> None:
        self._actions: dict[str, Action] = {}
        self._fills_slots = _fills_slots(self.domain)
        self._predictions: OrderedDict[tuple[_State, ...], PolicyPrediction] = OrderedDict()
        self._steps = _steps_of_rules(self.graph_runner)

    @staticmethod
    def _load_model(model_path: str | Path) -> tuple[str, ModelMetadata, GraphRunner]:
        """The model's file name, what is known of it, and its graph. Raises ModelNotFound when it is no model."""
        with TempDirectoryPath(get_temp_dir_name()) as folder:
            try:
                loaded = load_predict_graph_runner(Path(folder), Path(model_path), _Storage, SequentialGraphRunner)
            except (tarfile.ReadError, FileNotFoundError) as error:
                raise ModelNotFound(f"Model {model_path} can not be loaded.") from error
        return (Path(model_path).name, *loaded)

    async def parse_message(
        self, message: UserMessage, tracker: DialogueStateTracker | None = None, only_output_properties: bool = True
    ) -> dict[str, Any]:
        """What Rasa's own returns: the message's intent, entities and so on."""
        if self.http_interpreter:
            parse_data: dict[str, Any] = await self.http_interpreter.parse(message)
        else:
            if tracker is None:
                tracker = DialogueStateTracker.from_events(message.sender_id, [])
            parse_data = self._parse_message_with_graph(message, tracker, only_output_properties)
        self._update_full_retrieval_intent(parse_data)
        if not self._knows(parse_data):
            self._check_for_unseen_features(parse_data)
        return parse_data

    def _knows(self, parse_data: dict[str, Any]) -> bool:
        """Whether the domain has the intent and all entities: Rasa's check for that sorts the domain's each time."""
        return parse_data[INTENT][INTENT_NAME_KEY] in self.domain.intent_properties and all(
            entity["entity"] in self.domain.entities for entity in parse_data[ENTITIES] or []
        )

    async def run_action_extract_slots(
        self, output_channel: OutputChannel, tracker: DialogueStateTracker
    ) -> DialogueStateTracker:
        """The tracker with the slots that the message fills."""
        return await super().run_action_extract_slots(output_channel, tracker) if self._fills_slots else tracker

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> tuple[Action, PolicyPrediction]:
        """The next action and the prediction that led to it. Raises ActionLimitReached as Rasa's own."""
        goes_on = self.should_predict_another_action(tracker.latest_action_name)
        if self.is_action_limit_reached(tracker, goes_on):
            raise ActionLimitReached("The limit of actions to predict has been reached.")
        prediction = self._predict_next_with_tracker(tracker)
        return self._get_action(self.domain.action_names_or_texts[prediction.max_confidence_index]), prediction

    def _predict_next_with_tracker(self, tracker: DialogueStateTracker) -> PolicyPrediction:
        course = _course(tracker, self._steps) if self._steps is not None and not tracker.followup_action else None
        if course is None:
            return super()._predict_next_with_tracker(tracker)
        remembered = self._predictions.get(course)
        if remembered is None:
            # A copy, here and below: the processor adds the events of a prediction to the tracker, and dates them
            remembered = self._predictions[course] = _copied(super()._predict_next_with_tracker(tracker))
            if len(self._predictions) > _REMEMBERED:
                self._predictions.popitem(last=False)
        else:
            self._predictions.move_to_end(course)
        return _copied(remembered)

    def _get_action(self, action_name: str) -> Action | None:
        """The action of that name; those that keep nothing from one run to the next are made once."""
        action = self._actions.get(action_name)
        if action is None or getattr(action, "action_endpoint", self.action_endpoint) is not self.action_endpoint:
            action = super()._get_action(action_name)
            if type(action) is RemoteAction:
                kind = LocalAction if getattr(self.action_endpoint, "is_local", False) else CheckedAction
                action = kind(action_name, self.action_endpoint)
            if isinstance(action, RemoteAction | ActionListen):
                self._actions[action_name] = action
        return action

    def _log_action_on_tracker(
        self,
        tracker: DialogueStateTracker,
        action: Action,
        events: list[Event] | None,
        prediction: PolicyPrediction,
    ) -> None:
        events = events or []
        if not any(isinstance(event, ActionExecutionRejected) for event in events):
            tracker.update_with_events(prediction.events, self.domain)
            tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(events, self.domain)


class CheckedAction(RemoteAction):
    """An action in another process, whose answer is held against Rasa's schema, which is itself checked once only."""

    def _action_call_format(self, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
        call: dict[str, Any] = super()._action_call_format(tracker, _WrittenDomain(domain))
        return call

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        _schema().validate(result)
        return True


class LocalAction(CheckedAction):
    """An action in this process: its events were made by the SDK's own functions, and need no schema."""

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        if not all(isinstance(entry, dict) for entry in (*result["events"], *result["responses"])):
            raise RasaException(f"{self.name()} returned something else than events and responses: {result!r}")
        return True


class _WrittenDomain:
    """A domain for an action's call, which asks two things of it; written out once for each domain."""

    def __init__(self, domain: Domain) -> None:
        self._domain = domain

    def does_custom_action_explicitly_need_domain(self, action_name: str) -> bool:
        return bool(self._domain.does_custom_action_explicitly_need_domain(action_name))

    def as_dict(self) -> dict[str, Any]:
        written: dict[str, Any] | None = self._domain.__dict__.get("_written")
        if written is None:
            written = self._domain.__dict__["_written"] = self._domain.as_dict()
        return written


@functools.cache
def _schema() -> Validator:
    """Rasa's schema of what an action server answers."""
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


def _fills_slots(domain: Domain) -> bool:
    """Whether a message can fill a slot of the domain without an action's doing."""
    mappings = (mapping for slot in domain.slots if slot.name not in DEFAULT_SLOT_NAMES for mapping in slot.mappings)
    return ACTION_VALIDATE_SLOT_MAPPINGS in domain.user_actions or any(
        mapping.get("type") != str(SlotMappingType.CUSTOM) or mapping.get("action") for mapping in mappings
    )


def _steps_of_rules(runner: SequentialGraphRunner) -> dict[str | None, int] | None:
    """How many states back the rules look that end behind an action (None: behind none); one where none is named.

    None where more than the rules, or more than intents and actions, decides: another policy, a form, or a rule on a
    slot, an entity or a message's very text.
    """
    policies = [component for component in runner.components() if isinstance(component, Policy)]
    if [type(policy) for policy in policies] != [RulePolicy] or policies[0].config["use_nlu_confidence_as_score"]:
        return None
    rules = [json.loads(rule) for rule in policies[0].lookup[RULES]]
    looked_at = {(kind, key) for rule in rules for state in rule for kind, content in state.items() for key in content}
    if not looked_at <= {(USER, INTENT), (PREVIOUS_ACTION, ACTION_NAME)}:
        return None
    steps: dict[str | None, int] = {}
    for rule in rules:
        action = rule[-1].get(PREVIOUS_ACTION, {}).get(ACTION_NAME)
        steps[action] = max(len(rule), steps.get(action, 1))
    return steps


def _course(tracker: DialogueStateTracker, steps: Mapping[str | None, int]) -> tuple[_State, ...] | None:
    """The conversation's last states, as many as the rules look at; None where it has more to it than messages,
    actions and replies."""
    if tracker.active_loop_name or tracker.is_paused():
        return None
    states: list[_State] = []
    intent: str | None = None
    action: str | None = None
    for event in tracker.events:
        kind = type(event)
        if kind is ActionExecuted:
            states.append((intent, action))
            if not event.action_name:
                return None
            action = event.action_name
        elif kind is UserUttered:
            intent = event.intent_name
        elif kind is SessionStarted:
            states, intent, action = [], None, None
        elif kind is DefinePrevUserUtteredFeaturization:
            if event.use_text_for_featurization:
                return None
        elif kind is not SlotSet and kind is not BotUttered:
            return None
    return (*states, (intent, action))[-steps.get(action, 1) :]


def _copied(prediction: PolicyPrediction) -> PolicyPrediction:
    copied = copy.copy(prediction)
    copied.probabilities = list(prediction.probabilities)
    copied.events = [copy.copy(event) for event in prediction.events]
    copied.optional_events = [copy.copy(event) for event in prediction.optional_events]
    return copied
