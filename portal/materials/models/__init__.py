"""What participants get to read: files and links, their versions, and who got which."""

from portal.materials.models.materials import HandedOut, Material, Version

__all__ = ["HandedOut", "Material", "Version"]
