"""What the pages say, in English in the page and in Chinese beside it; the reader chooses."""

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from markupsafe import Markup, escape

from linkprobe.judge import GATES, LATE, RULES
from linkprobe.model import CAUSES

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same language, ten times faster where it is built


def _read(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = yaml.load(text, _LOADER)  # noqa: S506  (a safe loader either way)
    return found


@lru_cache(1)
def dictionary() -> dict[str, tuple[str, str]]:
    """English and Chinese by key. What the model and the rules say in English is taken from them."""
    text = files("linkprobe.publish").joinpath("words.yaml").read_text("utf-8")
    words = {key: (str(english), str(chinese)) for key, (english, chinese) in _read(text).items()}
    for cause, facts in CAUSES.items():
        words[f"sentence.{cause}"] = (facts.sentence, words[f"sentence.{cause}"][1])
    rules = {rule.id: rule.sentence for rule in RULES} | {gate.id: gate.sentence for gate in (*GATES, *LATE)}
    for id, sentence in rules.items():
        words[f"rule.{id}"] = (sentence, words.get(f"rule.{id}", ("", ""))[1])
    return words


def english(key: str, *values: object) -> str:
    """The English of `key`, with `values` in its places. Raises `KeyError` for words nobody wrote."""
    text = dictionary()[key][0]
    return text.format(*values) if values else text


def said(key: str, *values: object) -> Markup:
    """An element with the English of `key`, which the reader's script can say in Chinese."""
    return _alone(key) if not values else _said(key, tuple(map(str, values)))


def titled(key: str, *values: str) -> Markup:
    """A page's title, which the script can say in Chinese. A value with an @ before it is the key of a word."""
    spelled = (english(value[1:]) if value[1:] in dictionary() and value[0] == "@" else value for value in values)
    return Markup(f"<title{marked(key, *values)}>{escape(english(key, *spelled))}</title>")


def marked(key: str, *values: object, attribute: str = "t") -> Markup:
    """The attributes by which the script knows the element's text, or with `attribute` its attribute of that name."""
    told = f' data-v="{escape("|".join(str(value).replace("|", "¦") for value in values))}"' if values else ""
    return Markup(f' data-{attribute}="{escape(key)}"{told}')


@lru_cache(1024)
def labelled(key: str, name: str = "aria-label") -> Markup:
    """An attribute with the English of `key`, and the mark by which the script can say it in Chinese."""
    return Markup(f' {name}="{escape(english(key))}"') + marked(key, attribute=f"t-{name}")


@lru_cache(1024)
def worded(text: str) -> Markup:
    """A sentence of a policy, with the mark by which the script can say it in Chinese where somebody has said so."""
    key = _keys().get(text)
    return _alone(key) if key else Markup(f'<span lang="en">{escape(text)}</span>')


@lru_cache(1)
def _keys() -> dict[str, str]:
    """The keys of whole sentences by their English, so that a changed sentence never meets an old translation."""
    return {told[0]: key for key, told in dictionary().items() if key.startswith("policy.")}


def chinese_script() -> bytes:
    """The Chinese words as a script that any page can load, from a server or from a folder."""
    words = {key: chinese for key, (_, chinese) in dictionary().items() if chinese}
    return f"linkprobe.words({script_json(words)});\n".encode()


def script_json(value: object) -> str:
    """JSON that is safe inside a script element and in a script: nothing in it ends either, all of it ASCII."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@lru_cache(1024)
def _alone(key: str) -> Markup:
    return Markup(f"<span{marked(key)}>{escape(english(key))}</span>")


@lru_cache(4096)
def _said(key: str, values: tuple[str, ...]) -> Markup:
    return Markup(f"<span{marked(key, *values)}>{escape(english(key, *values))}</span>")
