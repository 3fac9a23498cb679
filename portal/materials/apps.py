from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    name = "portal.materials"
    label = "materials"

    def ready(self) -> None:
        from portal.accounts.claims import MOVERS
        from portal.materials.claims import hand_over_handed_out

        MOVERS["materials.HandedOut"] = hand_over_handed_out
