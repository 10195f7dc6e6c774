"""Recolours a drawing for the dark theme: ``night.py < fatigue.svg > night.svg``."""

import re
import sys

# By day, and by night: ink and paper change places, colours keep their hue.
NIGHT = {
    "#f7f1e5": "#1b2023",  # paper
    "#fdfaf3": "#262c30",
    "#fffdf7": "#2b3236",
    "#ead7ba": "#51442f",  # sand
    "#f0dfc8": "#4a3f2f",
    "#cfe0d8": "#284640",  # water
    "#cfe0d6": "#284640",
    "#a7aeac": "#5d6668",
    "#8b8f8d": "#7d8587",
    "#76828a": "#8d999f",
    "#6d767b": "#98a2a5",
    "#5d6a72": "#a3adb0",
    "#52626b": "#a9b3b6",
    "#4b565d": "#aab3b4",
    "#46525b": "#b0b8b8",
    "#33424c": "#c3c8c5",
    "#2d3a44": "#cbcec9",
    "#1c2730": "#e2ded3",  # ink
    "#0a5a4f": "#86cfbf",  # grass
    "#0b6b5d": "#7fc4b5",
    "#17806f": "#86cfbf",
    "#c98f5f": "#d6a377",  # warm
    "#9c281c": "#ffa08f",  # problems
}

# What is filled with ink, such as hair, stays dark.
FILLED = re.compile(r'(<(?!g|text)[^>]*fill=")#1c2730')
# People keep their colours; only the paper behind them changes.
PORTRAIT = {"#f7f1e5": NIGHT["#f7f1e5"]}


def night(day: str, colours: dict[str, str]) -> str:
    kept = day if colours is PORTRAIT else FILLED.sub(r"\1#0c1012", day)
    return re.sub(r"#[0-9a-f]{6}\b", lambda c: colours.get(c[0], c[0]), kept)


if __name__ == "__main__":
    is_portrait = "--portrait" in sys.argv
    sys.stdout.write(night(sys.stdin.read(), PORTRAIT if is_portrait else NIGHT))
