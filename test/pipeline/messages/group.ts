/** Real messages of one piece of software. */
export interface MessageGroup {
  readonly name: string;
  /** Every inner array is one trouble: its messages are one incident, and no other inner array's. */
  readonly troubles: readonly (readonly string[])[];
}
