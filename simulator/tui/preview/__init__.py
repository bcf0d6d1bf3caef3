"""The preview: an author plays a scene beside its problems and its outline while writing it."""
