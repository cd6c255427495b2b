"""Danqing 丹青: paint, edit and generate on one canvas."""

__version__ = "0.1.0"
