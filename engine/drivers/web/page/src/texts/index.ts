// The page's words in the language that is chosen.
import { en, type Texts } from "./en";
import { ja } from "./ja";
import { type LessonTexts, lessonsEn } from "./lessons-en";
import { lessonsJa } from "./lessons-ja";
import { words } from "./words-ja";

export type { Texts };
export const languages = ["en", "ja"] as const;
export type Language = (typeof languages)[number];

export const texts = (language: Language): Texts => (language === "ja" ? ja : en);
export const lessonTexts = (language: Language, id: string): LessonTexts => (language === "ja" ? lessonsJa : lessonsEn)[id];

/// The model's own words; those that are not known in a language stay in English.
export const translate = (language: Language, english: string): string => (language === "ja" ? words[english] ?? english : english);

/// Whether the model's words are known in a language.
export const knows = (language: Language, english: string): boolean => language === "en" || english in words;
