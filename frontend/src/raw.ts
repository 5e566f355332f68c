// The records as they stand in the page: what `marsad.page.data` writes.

export type Span = [start: number, end: number];

export interface RawActor { id: string; name: string; kind: string; mentions: Span[] }
export interface RawRelation { subject: string; relation: string; object: string; evidence: Span; according_to: string[] }
export interface RawStatement {
  id: string; manner: string; content: Span[]; cue: Span | null; speaker: string | null;
  speaker_span: Span | null; anonymous: boolean;
}
export interface Toll { low: number | null; best: number | null; high: number | null }
export interface RawEvent {
  id: string; span: Span; also: Span[]; type: string; mode: string | null; actors: string[]; recipients: string[];
  time: { span: Span | null; start: string | null; end: string | null } | null;
  place: { span: Span | null; name: string | null; latitude: number | null; longitude: number | null } | null;
  killed: Toll | null; injured: Toll | null; status: string; certainty: string; according_to: string[]; scored: boolean;
  confidence?: Record<string, number>;
}
export interface RawTime { span: Span; value: string | null }
export interface RawPlace { span: Span; name: string; country: string | null; latitude: number | null; longitude: number | null }
export interface RawSkipped { span: Span | null; reason: string }
export interface RawRecord {
  id: string; title: string | null; published: string | null; text: string;
  source: { name: string | null; url: string | null; licence: string | null };
  actors: RawActor[]; relations: RawRelation[]; statements: RawStatement[]; events: RawEvent[];
  times: RawTime[]; places: RawPlace[]; skipped: RawSkipped[]; about: [label: string, words: string][];
  restored?: RawRestored[]; spun?: RawSpun;
}

/** A place whose words were garbled, and what probably stood there before. */
export interface RawRestored {
  span: Span; reading: string; confidence: number | null; kind: string; by: "copy" | "guess"; of: string | null;
  reason: string | null; alternatives: { reading: string; confidence: number | null }[];
  /** False for a mere proposal, by which nothing was coded. */
  applied: boolean;
}
export interface RawSign { span: Span; kind: string | null; expected: string | null; reason: string | null }
export interface RawSpun { probability: number; passages: { span: Span; probability: number | null }[]; signs: RawSign[] }

/** Where a report comes from; reports are places on the page. */
export interface RawOrigin {
  origin: number; kind: string; of: number | null; spun: number; evidence: Evidence | null;
  also: { report: number; derived: boolean; share: number }[];
}
export interface Evidence {
  share: number; reasons: string[]; quotations: [shared: number, of: number]; names: [shared: number, of: number];
  numbers: [shared: number, of: number]; paragraphs: [number, number, number, number][]; swaps: [was: string, is: string][];
}
