"""Draws synthetic documents together with their exact truth.

Bitstream Vera is embedded in PDFs; its license, beside the fonts in reportlab's folder, allows that and passing it on.
Helvetica, Times and Courier are only named: what shows a page draws its own, here MuPDF (AGPL) the URW fonts it brings.
OpenCV 5 draws handwriting and watermarks in its Rubik (SIL Open Font License), though Hershey fonts are asked for.
"""
