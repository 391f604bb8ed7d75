"""`manage.py train_spotter`: the model that finds predictions, trained again from the labelled sentences."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reader.pages.demo.labelling import labelled_library
from reader.spotting.labelled import read_rows, written_pieces
from reader.spotting.model import FOLDER, save
from reader.spotting.training import MissingLibrary, trained


class Command(BaseCommand):
    help = "Trains the spotter from the sentences in the repository, and from those of --also."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--also", type=Path, metavar="FILE", help="labelled sentences of real articles, JSON lines")
        parser.add_argument("--into", type=Path, default=FOLDER, metavar="FOLDER", help="where the model is written")

    def handle(self, *args: Any, also: Path | None, into: Path, **options: Any) -> None:
        try:
            real = read_rows(also) if also else []
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{also} holds no labelled sentences that can be read: {error}") from error
        pieces = written_pieces() + labelled_library() + real
        try:
            model = trained(pieces)
        except MissingLibrary as error:
            raise CommandError(str(error)) from error
        save(model, into)
        sentences = sum(len(piece.sentences) for piece in pieces)
        self.stdout.write(
            f"{into}: {len(model.weights):,} weights from {sentences:,} sentences of {len(pieces)} pieces"
        )
