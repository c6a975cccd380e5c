"""What leaves the newsroom: made from frozen content alone, so that it says the same for ever."""
