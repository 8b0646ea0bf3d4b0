"""The rules, one module a subject. Each rule is a small pure function of an item and its circumstances."""
