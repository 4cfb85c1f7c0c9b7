"""A letter as a Word document: the same blocks as the PDF, for whoever completes or files it in a word processor."""

from cases.documents.word.document import word_document

__all__ = ["word_document"]
