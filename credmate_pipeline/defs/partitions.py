"""One partition a document: the live window of documents. The `new_uploads` sensor alone writes its keys."""

import dagster as dg

DOCUMENTS = dg.DynamicPartitionsDefinition(name="documents")
