"""Pictures as pages print them: their renditions, read together."""
