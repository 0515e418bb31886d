"""Scenario, platform, target and world files: YAML to values of the model, checked, names resolved, cases spelt out."""

from linkprobe.scenario.catalogue import Catalogue, Kind
from linkprobe.scenario.errors import ScenarioError
from linkprobe.scenario.gateway import gateway_target, gateway_url
from linkprobe.scenario.load import faults, load_catalogue, load_scenarios, read_policy, read_world, shipped
from linkprobe.scenario.schema import json_schema

__all__ = [
    "Catalogue",
    "Kind",
    "ScenarioError",
    "faults",
    "gateway_target",
    "gateway_url",
    "json_schema",
    "load_catalogue",
    "load_scenarios",
    "read_policy",
    "read_world",
    "shipped",
]
