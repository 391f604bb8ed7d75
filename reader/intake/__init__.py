from reader.intake.extraction import Extracted, extract

__all__ = ["Extracted", "extract"]
