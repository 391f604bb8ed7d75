from django.urls import URLPattern, URLResolver, path

from reader.exchange.views import addresses, export, ledger

urlpatterns: list[URLPattern | URLResolver] = [
    path("settings/export/", export.export, name="export"),
    path("settings/addresses/", addresses.secret_addresses, name="secret-addresses"),
    path("settings/addresses/end/", addresses.end_secret_addresses, name="secret-addresses-end"),
    path("claims/ledger.csv", ledger.ledger_csv, name="ledger-csv"),
    path("claims/ledger.json", ledger.ledger_json, name="ledger-json"),
    path("claims/verdicts.atom", addresses.verdicts, name="verdicts-feed"),
    path("claims/<str:secret>/verdicts.atom", addresses.my_verdicts, name="my-verdicts-feed"),
    path("search/<str:secret>/<int:saved_id>.atom", addresses.saved_search, name="saved-search-feed"),
    path("claims/<str:secret>/due.ics", addresses.due_calendar, name="due-calendar"),
    path("claims/<int:claim_id>/citation/", ledger.citation, name="claim-citation"),
]
