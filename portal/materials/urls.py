"""Files of material, for whoever may have them."""

from django.urls import path

from portal.materials.views import files

urlpatterns = [path("<uuid:version_id>/", files.file, name="material_file")]
