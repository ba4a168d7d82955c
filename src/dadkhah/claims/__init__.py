"""Claims: from tables by mapping, from text by extraction, and how they weigh together."""
