"""What the templates call."""
