from django.apps import AppConfig
from django.db.models.signals import post_delete


class MaterialsConfig(AppConfig):
    name = "portal.materials"
    label = "materials"

    def ready(self) -> None:
        from portal.accounts.claims import MOVERS
        from portal.enrolments.place_parts import PARTS, Part
        from portal.materials.claims import hand_over_handed_out
        from portal.materials.place_part import material_of_place
        from portal.materials.services.ending import delete_file

        MOVERS["materials.HandedOut"] = hand_over_handed_out
        PARTS.append(Part(order=30, template="materials/part.html", show=material_of_place))
        post_delete.connect(delete_file, sender="materials.Version")
