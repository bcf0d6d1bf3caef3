"""The records' versions, oldest first. A version that has been released is never edited."""
