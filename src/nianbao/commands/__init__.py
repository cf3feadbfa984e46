"""The commands of ``python -m nianbao``, by what they work on."""
