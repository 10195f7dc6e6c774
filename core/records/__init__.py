"""Changes of records that published pages print: who may make them, and how."""
