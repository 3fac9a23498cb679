from django.urls import path

from legal.consent import views

urlpatterns = [path("", views.settings_page, name="cookies")]
