"""The website widget's channel, /webhooks/widget: docs/design/widget.md says what it promises and to whom."""
