from django.urls import path

from headless.embed import views

urlpatterns = [path("agenda.js", views.agenda, name="embed_agenda")]
