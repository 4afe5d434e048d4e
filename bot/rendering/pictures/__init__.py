"""Pictures: what a list shows, drawn: a typed context, an SVG template, a PNG.

drawing.py   the contexts that templates in templates/pictures/ are rendered from
lettering.py which letters go where: wrapping, and the font for each script
painting.py  SVG -> PNG, in a process of its own (services/pictures.py)
"""
