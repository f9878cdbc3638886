"""From planned cues to what is heard."""
