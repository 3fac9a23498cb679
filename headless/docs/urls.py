from django.urls import path

from headless.docs import views

urlpatterns = [path("", views.reference, name="api_docs")]
