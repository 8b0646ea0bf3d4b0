"""Where bytes live: uploads and artifacts, in a local folder or in S3. Nothing here knows what a document says."""
