"""What every asset says of itself."""

import re

import dagster as dg
import pytest

from credmate_pipeline.definitions import defs
from credmate_pipeline.defs.assets.review_queue import review_queue
from credmate_pipeline.defs.assets.specs import JOURNEY_GROUP, OVERSIGHT_GROUP
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.gateways import Gateways

SPECS = {spec.key.to_user_string(): spec for spec in defs.resolve_all_asset_specs()}


def test_the_graph_holds_the_journey_and_its_oversight() -> None:
    assert {spec.group_name for spec in SPECS.values()} == {JOURNEY_GROUP, OVERSIGHT_GROUP}
    assert {"document", "credential", "reconciliation", "canary"} <= set(SPECS)


@pytest.mark.parametrize("name", SPECS)
def test_an_asset_says_what_it_means_whose_it_is_and_which_code_makes_it(name: str) -> None:
    spec = SPECS[name]
    own_tags = [tag for tag in spec.tags if not tag.startswith("dagster/")]
    assert spec.description is not None
    assert re.match(r"[A-Z][^*\n]{10,}[.?:,] ", spec.description)
    assert spec.owners
    assert spec.kinds
    assert own_tags
    assert spec.code_version


def test_an_oversight_asset_is_not_called_outdated_by_making_it_again(
    gateways: Gateways, instance: dg.DagsterInstance
) -> None:
    versions = []
    for _ in range(2):
        dg.materialize([review_queue], instance=instance, resources={"pipeline": PipelineGateways()})
        made = instance.get_latest_materialization_event(dg.AssetKey("review_queue"))
        assert made is not None
        assert made.asset_materialization is not None
        versions.append((made.asset_materialization.tags or {})["dagster/code_version"])
    assert versions == [SPECS["review_queue"].code_version] * 2
