"""The one resource: the pipeline's gateways, opened from the settings when a run or tick needs them."""

import dagster as dg

from credmate_pipeline.gateways import Gateways, open_gateways
from credmate_pipeline.settings import Settings


class PipelineGateways(dg.ConfigurableResource):
    """Ledger, uploads and artifacts as the environment names them; nothing is opened before it is asked for."""

    def settings(self) -> Settings:
        return Settings()

    def open(self) -> Gateways:
        return open_gateways(self.settings())
