import type { MessageGroup } from './group.ts';

/** PostgreSQL, Windows and applications in languages of the Latin alphabet. */
export const LANGUAGES: readonly MessageGroup[] = [
  {
    name: 'German: PostgreSQL',
    troubles: [
      ['Relation »users« existiert nicht'],
      ['Relation »orders« existiert nicht'],
      [
        'doppelter Schlüsselwert verletzt Unique-Constraint »users_email_key« Schlüssel »(email)=(ann@example.com)« existiert bereits.',
        'doppelter Schlüsselwert verletzt Unique-Constraint »users_email_key« Schlüssel »(email)=(Björn)« existiert bereits.',
      ],
      ['doppelter Schlüsselwert verletzt Unique-Constraint »users_name_key«'],
      ['Spalte »total« existiert nicht'],
      ['Spalte »price« existiert nicht'],
    ],
  },
  {
    name: 'German: an application',
    troubles: [
      [
        'Zahlung 4711 für Kunde „Anna Müller“ fehlgeschlagen: Karte abgelehnt',
        'Zahlung 12 für Kunde „Jörg“ fehlgeschlagen: Karte abgelehnt',
      ],
      ['Zahlung 4711 für Kunde „Anna Müller“ fehlgeschlagen: Konto gesperrt'],
      [
        'Warteschlange „mail“ steht seit 5 Minuten',
        'Warteschlange „mail“ steht seit 1 Minute',
        'Warteschlange „mail“ steht seit 2 Stunden',
      ],
      ['Warteschlange „rechnung“ steht seit 5 Minuten'],
    ],
  },
  {
    name: 'German: dates and figures',
    troubles: [
      [
        'Sicherung vom 03.11.2026 um 04:05 Uhr fehlt, 1.204,5 MB erwartet',
        'Sicherung vom 4. November 2026 um 14:15 Uhr fehlt, 3,25 GB erwartet',
      ],
      [
        'Es konnte keine Verbindung hergestellt werden, da der Zielcomputer die Verbindung verweigerte. 10.0.0.5:5432',
        'Es konnte keine Verbindung hergestellt werden, da der Zielcomputer die Verbindung verweigerte. 10.0.9.1:5432',
      ],
      ['Auf dem Gerät ist kein Speicherplatz mehr verfügbar'],
      ['Datei oder Verzeichnis nicht gefunden'],
    ],
  },
  {
    name: 'French: PostgreSQL',
    troubles: [
      ["la relation « users » n'existe pas"],
      ["la relation « orders » n'existe pas"],
      [
        "la valeur d'une clé dupliquée rompt la contrainte unique « users_email_key » La clé « (email)=(ann@example.com) » existe déjà.",
        "la valeur d'une clé dupliquée rompt la contrainte unique « users_email_key » La clé « (email)=(Zoé) » existe déjà.",
      ],
      ["la valeur d'une clé dupliquée rompt la contrainte unique « users_name_key »"],
      ["la colonne « total » n'existe pas"],
      ["la colonne « price » n'existe pas"],
    ],
  },
  {
    name: 'French: an application',
    troubles: [
      [
        'Le paiement n° 4711 du client « Hélène » a échoué : carte refusée',
        'Le paiement n° 12 du client « Aurélie Noël » a échoué : carte refusée',
      ],
      ['Le paiement n° 4711 du client « Hélène » a échoué : compte bloqué'],
      [
        'Délai dépassé après 1 204 ms, le 3 novembre 2026 à 04:05',
        'Délai dépassé après 30 s, le 24 décembre 2026 à 18:00',
      ],
      [
        "Aucune connexion n'a pu être établie car l'ordinateur cible l'a expressément refusée. 10.0.0.5:443",
        "Aucune connexion n'a pu être établie car l'ordinateur cible l'a expressément refusée. 10.0.0.6:443",
      ],
    ],
  },
  {
    name: 'Spanish: PostgreSQL',
    troubles: [
      ['no existe la relación «users»'],
      ['no existe la relación «orders»'],
      [
        'llave duplicada viola restricción de unicidad «users_email_key» Ya existe la llave (email)=(ann@example.com).',
        'llave duplicada viola restricción de unicidad «users_email_key» Ya existe la llave (email)=(Íñigo).',
      ],
      ['llave duplicada viola restricción de unicidad «users_name_key»'],
      ['no existe la columna «total»'],
      ['no existe la columna «price»'],
    ],
  },
  {
    name: 'Spanish: an application',
    troubles: [
      [
        'El pago 4711 del cliente «Begoña» ha fallado: tarjeta rechazada',
        'El pago 12 del cliente «José Núñez» ha fallado: tarjeta rechazada',
      ],
      ['El pago 4711 del cliente «Begoña» ha fallado: cuenta bloqueada'],
      [
        'Copia de seguridad del 3 de noviembre de 2026 no encontrada, faltan 5 minutos',
        'Copia de seguridad del 24 de diciembre de 2026 no encontrada, faltan 12 minutos',
      ],
      ["El nombre de objeto 'dbo.Orders' no es válido."],
      ["El nombre de objeto 'dbo.Carts' no es válido."],
    ],
  },
  {
    name: 'Portuguese',
    troubles: [
      ['relação "users" não existe'],
      ['relação "orders" não existe'],
      ['coluna "total" não existe'],
      ['coluna "price" não existe'],
      [
        'duplicar valor da chave viola a restrição de unicidade "users_email_key" Chave (email)=(ann@example.com) já existe.',
        'duplicar valor da chave viola a restrição de unicidade "users_email_key" Chave (email)=(João) já existe.',
      ],
      ['duplicar valor da chave viola a restrição de unicidade "users_name_key"'],
      [
        'O pagamento 4711 falhou em 3 de novembro de 2026: cartão recusado',
        'O pagamento 12 falhou em 24 de dezembro de 2026: cartão recusado',
      ],
      ['O pagamento 4711 falhou em 3 de novembro de 2026: conta bloqueada'],
    ],
  },
  {
    name: 'Italian',
    troubles: [
      ['la relazione "users" non esiste'],
      ['la relazione "orders" non esiste'],
      ['la colonna "total" non esiste'],
      ['la colonna "price" non esiste'],
      [
        'un valore chiave duplicato viola il vincolo univoco "users_email_key" La chiave (email)=(ann@example.com) esiste già.',
        'un valore chiave duplicato viola il vincolo univoco "users_email_key" La chiave (email)=(Niccolò) esiste già.',
      ],
      ['un valore chiave duplicato viola il vincolo univoco "users_name_key"'],
      [
        'Pagamento 4711 non riuscito dopo 5 secondi: carta rifiutata',
        'Pagamento 12 non riuscito dopo 1 secondo: carta rifiutata',
      ],
      ['Pagamento 4711 non riuscito dopo 5 secondi: conto bloccato'],
    ],
  },
  {
    name: 'Polish',
    troubles: [
      ['relacja "users" nie istnieje'],
      ['relacja "orders" nie istnieje'],
      ['kolumna "total" nie istnieje'],
      ['kolumna "price" nie istnieje'],
      [
        'podwójna wartość klucza narusza ograniczenie unikalności "users_email_key" Klucz (email)=(ann@example.com) już istnieje.',
        'podwójna wartość klucza narusza ograniczenie unikalności "users_email_key" Klucz (email)=(Łukasz) już istnieje.',
      ],
      [
        'Płatność 4711 klienta „Żaneta” nie powiodła się po 5 sekundach: karta odrzucona',
        'Płatność 12 klienta „Łukasz Wójcik” nie powiodła się po 30 sekundach: karta odrzucona',
      ],
      ['Płatność 4711 klienta „Żaneta” nie powiodła się po 5 sekundach: konto zablokowane'],
    ],
  },
  {
    name: 'Turkish',
    troubles: [
      ['"users" nesnesi mevcut değil'],
      ['"orders" nesnesi mevcut değil'],
      [
        'tekrar eden kayıt, "users_email_key" tekil kısıtlamasını ihlal etmektedir Key (email)=(ann@example.com) already exists.',
        'tekrar eden kayıt, "users_email_key" tekil kısıtlamasını ihlal etmektedir Key (email)=(İlker) already exists.',
      ],
      ['tekrar eden kayıt, "users_name_key" tekil kısıtlamasını ihlal etmektedir'],
      [
        '4711 numaralı ödeme 5 saniye sonra başarısız oldu: kart reddedildi',
        '12 numaralı ödeme 30 saniye sonra başarısız oldu: kart reddedildi',
      ],
      ['4711 numaralı ödeme 5 saniye sonra başarısız oldu: hesap kilitli'],
    ],
  },
  {
    name: 'Dutch and Swedish',
    troubles: [
      ['Betaling 4711 mislukt: kaart geweigerd', 'Betaling 12 mislukt: kaart geweigerd'],
      ['Betaling 4711 mislukt: rekening geblokkeerd'],
      ['relationen "users" existerar inte'],
      ['relationen "orders" existerar inte'],
      ['Betalning 4711 misslyckades: kortet nekades', 'Betalning 12 misslyckades: kortet nekades'],
    ],
  },
];
