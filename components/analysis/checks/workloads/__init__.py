"""Services, pods, namespaces, injection and webhooks."""
