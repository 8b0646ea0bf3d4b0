"""The channels the settings name."""

from credmate_pipeline.alerts.channel import Channel
from credmate_pipeline.alerts.email import Email
from credmate_pipeline.alerts.log_line import LogLine
from credmate_pipeline.alerts.webhooks import Slack, Webhook
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.settings import Settings


def open_channels(settings: Settings) -> tuple[Channel, ...]:
    """Every channel of this environment, the log first; raises `ConfigurationError` where a setting is wrong."""
    channels: list[Channel] = [LogLine()]
    if settings.alert_smtp_url is not None:
        recipients = tuple(one for part in settings.alert_email_to.split(",") if (one := part.strip()))
        if not recipients:
            raise ConfigurationError("CREDMATE_ALERT_SMTP_URL is set; say who gets the mail: CREDMATE_ALERT_EMAIL_TO.")
        channels.append(Email(settings.alert_smtp_url.get_secret_value(), settings.alert_email_from, recipients))
    if settings.alert_slack_url is not None:
        channels.append(Slack(settings.alert_slack_url.get_secret_value()))
    if settings.alert_webhook_url is not None:
        secret = settings.alert_webhook_secret
        channels.append(
            Webhook(settings.alert_webhook_url.get_secret_value(), secret.get_secret_value() if secret else "")
        )
    if settings.alert_sns_topic_arn:
        from credmate_pipeline.alerts.sns import SnsTopic

        channels.append(
            SnsTopic(
                settings.alert_sns_topic_arn,
                region=settings.s3_region,
                endpoint_url=settings.alert_sns_endpoint_url,
            )
        )
    return tuple(channels)
