"""Screens as PNG files of a third of the size: 256 colours are enough for what has few."""

import base64
import struct
import zlib

import numpy as np
from playwright.sync_api import Browser, Page

# The dots of a picture as a browser reads it: width, height, and base64 of red, green, blue, opacity each.
DOTS = """async (data) => {
  const image = new Image();
  image.src = `data:image/png;base64,${data}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const { data: dots } = pen.getImageData(0, 0, image.width, image.height);
  let text = "";
  for (let i = 0; i < dots.length; i += 8192) text += String.fromCharCode(...dots.subarray(i, i + 8192));
  return [image.width, image.height, btoa(text)];
}"""
N_COLOURS = 256


def dots_of(page: Page, png: bytes) -> np.ndarray:
    """Red, green and blue of every dot: height × width × 3."""
    width, height, text = page.evaluate(DOTS, base64.b64encode(png).decode())
    dots = np.frombuffer(base64.b64decode(text), np.uint8).reshape(height, width, 4)
    return dots[:, :, :3].astype(np.int32)


def in_few_colours(browser: Browser, png: bytes) -> bytes:
    """The same picture in its 256 most frequent colours; rarer ones take the nearest."""
    page = browser.new_page()
    dots = dots_of(page, png)
    page.close()
    colours, which, counts = np.unique(dots.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    palette = _palette(colours, counts)
    nearest = np.array([np.abs(palette - colour).sum(axis=1).argmin() for colour in colours], np.uint8)
    height, width = dots.shape[:2]
    return _written(width, height, palette.astype(np.uint8), nearest[which.reshape(height, width)])


def _palette(colours: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The most frequent colours, one for each cell of 8 × 8 × 8 shades."""
    order = np.argsort(-counts, kind="stable")
    _cells, first = np.unique(colours[order] // 8, axis=0, return_index=True)
    return colours[order][np.sort(first)[:N_COLOURS]]


def _written(width: int, height: int, palette: np.ndarray, places: np.ndarray) -> bytes:
    rows = np.hstack([np.zeros((height, 1), np.uint8), places])  # before each row: not filtered
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(rows.tobytes(), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
