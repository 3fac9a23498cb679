"""What is done to subscriptions. Issues have services of their own."""
