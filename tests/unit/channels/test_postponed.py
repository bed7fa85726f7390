"""madoguchi.channels.postponed: TensorFlow is loaded by those who use it. In processes of their own, for it stays."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
SERVER = """
import sys, warnings
warnings.simplefilter("ignore")
from madoguchi.terminal import silence
silence()
from madoguchi.channels.postponed import POSTPONED, postpone_tensorflow
postpone_tensorflow()
import madoguchi.channels.server
"""


def run(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_サーバーを読み込んでもTensorFlowは読み込まれない() -> None:
    assert run(f"{SERVER}\nprint('tensorflow' in sys.modules, POSTPONED in sys.modules)") == "False True"


def test_使う人には本物が渡る() -> None:
    program = f"""{SERVER}
from rasa.nlu.classifiers.diet_classifier import DIETClassifier
from rasa.utils import train_utils
import tensorflow
print(type(train_utils).__name__, train_utils.rank_and_mask.__module__, tensorflow.constant(42).numpy())
"""
    assert run(program) == "module rasa.utils.train_utils 42"


def test_先にRasaが読み込まれていても害はない() -> None:
    program = """
import sys, warnings
warnings.simplefilter("ignore")
import rasa.utils.train_utils as before
from madoguchi.channels.postponed import postpone_tensorflow
postpone_tensorflow()
import rasa.utils.train_utils as after
print(before is after, len([f for f in sys.meta_path if type(f).__module__.startswith("madoguchi")]))
"""
    assert run(program) == "True 0"
