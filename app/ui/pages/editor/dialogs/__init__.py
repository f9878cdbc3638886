"""The dialogs of the editor: new routine, pasted list, own exercise, and what asks before it acts."""
