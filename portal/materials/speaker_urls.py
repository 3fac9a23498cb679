"""A speaker's own material, below the page of their meeting."""

from django.urls import path

from portal.materials.views import speaking

urlpatterns = [
    path("", speaking.material, name="speaker_material"),
    path("<uuid:material_id>/terugnemen/", speaking.take_back, name="speaker_material_back"),
]
