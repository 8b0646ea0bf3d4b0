"""The S3 endpoint of the uploads' tests, for what the doctor asks of a bucket."""

from credmate_pipeline_tests.uploads.conftest import bucket, s3_client, s3_endpoint

__all__ = ["bucket", "s3_client", "s3_endpoint"]
