"""Body content that every page type may use, one subject a file.

Each block renders ``core/blocks/<name>.html``, where ``<name>`` is the class name in
snake case without its ``Block`` suffix.
"""
