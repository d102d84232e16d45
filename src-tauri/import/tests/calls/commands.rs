//! Twenty commands as people paste them, with what has to arrive.

/// What a command has to become.
pub(crate) struct Pasted {
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
    /// Method, path and query, with the values of the example.
    pub(crate) line: &'static str,
    /// Headers that have to arrive.
    pub(crate) headers: &'static [(&'static str, &'static str)],
    /// The body; JSON is compared as JSON.
    pub(crate) body: &'static str,
    /// Inputs, in order.
    pub(crate) inputs: &'static [&'static str],
    /// Values for what the example leaves open.
    pub(crate) values: &'static [(&'static str, &'static str)],
    /// Secrets whose values were not pasted.
    pub(crate) secrets: &'static [(&'static str, &'static str)],
    /// What may stand nowhere in the action.
    pub(crate) hidden: &'static [&'static str],
}

const NONE: Pasted = Pasted {
    name: "",
    text: "",
    line: "",
    headers: &[],
    body: "",
    inputs: &[],
    values: &[],
    secrets: &[],
    hidden: &[],
};

/// All of them.
pub(crate) fn all() -> Vec<Pasted> {
    vec![
        Pasted {
            name: "a payment is refunded, the key as the user of a login",
            text: "curl https://api.stripe.com/v1/refunds \\\n  -u \"sk_test_FAKE0refunds0key0for0tests:\" \\\n  -d charge=ch_1NirD82eZvKYlo2CIvbtLWuY \\\n  -d amount=1000",
            line: "POST /v1/refunds",
            headers: &[
                (
                    "authorization",
                    "Basic c2tfdGVzdF9GQUtFMHJlZnVuZHMwa2V5MGZvcjB0ZXN0czo=",
                ),
                ("content-type", "application/x-www-form-urlencoded"),
            ],
            body: "charge=ch_1NirD82eZvKYlo2CIvbtLWuY&amount=1000",
            inputs: &["charge", "amount"],
            hidden: &["FAKE0refunds0key"],
            ..NONE
        },
        Pasted {
            name: "an issue is read with a variable as token",
            text: "curl -L \\\n  -H \"Accept: application/vnd.github+json\" \\\n  -H \"Authorization: Bearer $GITHUB_TOKEN\" \\\n  -H \"X-GitHub-Api-Version: 2022-11-28\" \\\n  https://api.github.com/repos/acme/shop/issues/1347",
            line: "GET /repos/acme/shop/issues/1347",
            headers: &[
                ("accept", "application/vnd.github+json"),
                ("authorization", "Bearer t0ken"),
                ("x-github-api-version", "2022-11-28"),
            ],
            inputs: &["issue_id"],
            secrets: &[("GITHUB_TOKEN", "t0ken")],
            ..NONE
        },
        Pasted {
            name: "an order of a shop, its key in a header of its own",
            text: "curl -X GET \"https://acme.myshopify.com/admin/api/2024-01/orders/450789469.json?fields=id,total_price\" -H \"X-Shopify-Access-Token: shpat_0123456789abcdef\" -H \"Content-Type: application/json\"",
            line: "GET /admin/api/2024-01/orders/450789469.json?fields=id%2Ctotal_price",
            headers: &[("x-shopify-access-token", "shpat_0123456789abcdef")],
            inputs: &["order_id"],
            hidden: &["shpat_0123456789abcdef"],
            ..NONE
        },
        Pasted {
            name: "a message is sent, user and password as variables",
            text: "curl -X POST \"https://api.twilio.com/2010-04-01/Accounts/$TWILIO_ACCOUNT_SID/Messages.json\" \\\n--data-urlencode \"From=+15557122661\" \\\n--data-urlencode \"Body=Hi there & thanks\" \\\n--data-urlencode \"To=+15558675310\" \\\n-u $TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN",
            line: "POST /2010-04-01/Accounts/AC1/Messages.json",
            headers: &[("authorization", "Basic QUMxOnBhc3M=")],
            body: "From=%2B15557122661&Body=Hi+there+%26+thanks&To=%2B15558675310",
            inputs: &["from", "body", "to"],
            secrets: &[("TWILIO_ACCOUNT_SID", "AC1"), ("TWILIO_AUTH_TOKEN", "pass")],
            ..NONE
        },
        Pasted {
            name: "a ticket is changed, JSON with a group in it",
            text: "curl https://acme.zendesk.com/api/v2/tickets/35436.json -X PUT -H \"Content-Type: application/json\" -u ada@example.com/token:abc123secret -d '{\"ticket\": {\"status\": \"open\", \"comment\": {\"body\": \"Thanks, we are on it.\", \"public\": true}}}'",
            line: "PUT /api/v2/tickets/35436.json",
            headers: &[
                (
                    "authorization",
                    "Basic YWRhQGV4YW1wbGUuY29tL3Rva2VuOmFiYzEyM3NlY3JldA==",
                ),
                ("content-type", "application/json"),
            ],
            body: r#"{"ticket": {"status": "open", "comment": {"body": "Thanks, we are on it.", "public": true}}}"#,
            inputs: &["ticket_id", "comment_body", "status"],
            hidden: &["abc123secret"],
            ..NONE
        },
        Pasted {
            name: "a key in the query, the address not quoted",
            text: "curl https://api.openweathermap.org/data/2.5/weather?q=London&units=metric&appid=0123456789abcdef0123&apikey=k3y0123456789abc",
            line: "GET /data/2.5/weather?q=London&units=metric&appid=0123456789abcdef0123&apikey=k3y0123456789abc",
            inputs: &["q", "appid"],
            hidden: &["k3y0123456789abc"],
            ..NONE
        },
        Pasted {
            name: "copied from a browser for bash",
            text: "curl 'https://shop.example.com/api/cart/items' \\\n  -H 'authority: shop.example.com' \\\n  -H 'accept: application/json' \\\n  -H 'accept-language: en-US,en;q=0.9' \\\n  -H 'content-type: application/json' \\\n  -H 'cookie: session=eyJhbGciOi.J9.x; theme=dark' \\\n  -H 'origin: https://shop.example.com' \\\n  -H 'sec-ch-ua: \"Chromium\";v=\"120\"' \\\n  -H 'user-agent: Mozilla/5.0 (X11; Linux x86_64)' \\\n  --data-raw $'{\"sku\":\"AB-1\",\"note\":\"It\\'s a gift\\\\n\",\"quantity\":2}' \\\n  --compressed",
            line: "POST /api/cart/items",
            headers: &[
                ("cookie", "session=eyJhbGciOi.J9.x; theme=dark"),
                ("content-type", "application/json"),
            ],
            body: r#"{"sku":"AB-1","note":"It's a gift\n","quantity":2}"#,
            inputs: &["note", "quantity", "sku"],
            hidden: &["session=eyJ", "Mozilla"],
            ..NONE
        },
        Pasted {
            name: "copied from a browser for the command prompt",
            text: "curl ^\"https://desk.example.com/api/v1/requests?team=7^&notify=true^\" ^\n  -H ^\"x-api-key: 7f8e9d0c^\" ^\n  -H ^\"content-type: application/json^\" ^\n  --data-raw ^\"^{^\\^\"subject^\\^\":^\\^\"Broken lamp^\\^\"^}^\"",
            line: "POST /api/v1/requests?team=7&notify=true",
            headers: &[("x-api-key", "7f8e9d0c")],
            body: r#"{"subject":"Broken lamp"}"#,
            inputs: &["team", "subject"],
            hidden: &["7f8e9d0c"],
            ..NONE
        },
        Pasted {
            name: "written for PowerShell",
            text: "curl.exe -X PATCH `\n  'https://api.bookings.example/v3/bookings/BK-20931' `\n  -H \"Authorization: Bearer $env:BOOKING_TOKEN\" `\n  -H 'Content-Type: application/json' `\n  -d '{\\\"date\\\": \\\"2026-12-24\\\"}'",
            line: "PATCH /v3/bookings/BK-20931",
            headers: &[("authorization", "Bearer b00k")],
            body: r#"{"date": "2026-12-24"}"#,
            inputs: &["booking_id", "date"],
            secrets: &[("BOOKING_TOKEN", "b00k")],
            ..NONE
        },
        Pasted {
            name: "a file with words beside it",
            text: "curl -F \"reason=crushed\" -F 'photo=@damage.jpg;type=image/jpeg' -H 'Authorization: Token tok-998877' https://claims.example.com/claims/771/photos",
            line: "POST /claims/771/photos",
            headers: &[("authorization", "Token tok-998877")],
            inputs: &["claim_id", "reason", "photo"],
            hidden: &["tok-998877"],
            ..NONE
        },
        Pasted {
            name: "--json, a list of values, places in double braces",
            text: "curl --json '{\"email\": \"{{customer_email}}\", \"tags\": [\"vip\", \"returning\"], \"opted_in\": true}' --oauth2-bearer '{{access_token}}' 'https://api.mail.example/contacts'",
            line: "POST /contacts",
            headers: &[("authorization", "Bearer m4il"), ("content-type", "application/json")],
            body: r#"{"email": "ada@example.com", "tags": ["vip", "returning"], "opted_in": true}"#,
            inputs: &["customer_email", "tags"],
            values: &[("customer_email", "ada@example.com")],
            secrets: &[("ACCESS_TOKEN", "m4il")],
            ..NONE
        },
        Pasted {
            name: "-G puts the data into the query",
            text: "curl -G https://api.example.com/customers/search --data-urlencode \"query=email:'ada@example.com'\" -d limit=3 -u rk_test_0123456789abcdef:",
            line: "GET /customers/search?query=email%3A%27ada%40example.com%27&limit=3",
            headers: &[("authorization", "Basic cmtfdGVzdF8wMTIzNDU2Nzg5YWJjZGVmOg==")],
            inputs: &["query"],
            hidden: &["rk_test_0123456789abcdef"],
            ..NONE
        },
        Pasted {
            name: "a language of its own in JSON",
            text: "curl -X POST https://acme.example/graphql -H 'Content-Type: application/json' -H 'X-Auth-Token: zz-0099' -d '{\"query\": \"query($id: ID!){order(id:$id){name}}\", \"variables\": {\"id\": \"gid://shop/Order/1\"}}'",
            line: "POST /graphql",
            headers: &[("x-auth-token", "zz-0099")],
            body: r#"{"query": "query($id: ID!){ order(id:$id){ name}}", "variables": {"id": "gid://shop/Order/1"}}"#,
            inputs: &["variable_id"],
            hidden: &["zz-0099"],
            ..NONE
        },
        Pasted {
            name: "nothing but an address, and a colon for a place",
            text: "$ curl -i http://localhost:4010/orders/:id",
            line: "GET /orders/4512",
            inputs: &["order_id"],
            values: &[("order_id", "4512")],
            ..NONE
        },
        Pasted {
            name: "a delete with a login in the address",
            text: "curl -sS -XDELETE https://admin:hunter2@api.example.org/sessions/3f2504e0-4f89-41d3-9a0c-0305e82c3301",
            line: "DELETE /sessions/3f2504e0-4f89-41d3-9a0c-0305e82c3301",
            headers: &[("authorization", "Basic YWRtaW46aHVudGVyMg==")],
            inputs: &["session_id"],
            hidden: &["hunter2"],
            ..NONE
        },
        Pasted {
            name: "XML as text",
            text: "curl -X POST 'https://legacy.example.com/soap/orders' -H 'Content-Type: text/xml; charset=utf-8' -H 'SOAPAction: \"cancel\"' --data-binary '<cancel><id>{order_id}</id></cancel>'",
            line: "POST /soap/orders",
            headers: &[
                ("soapaction", "\"cancel\""),
                ("content-type", "text/xml; charset=utf-8"),
            ],
            body: "<cancel><id>4512</id></cancel>",
            inputs: &["order_id"],
            values: &[("order_id", "4512")],
            ..NONE
        },
        Pasted {
            name: "a key of its own kind and an idempotency key",
            text: "curl --request POST --url https://api.delivery.example/v1/deliveries/DLV-5512/cancel --header 'X-Api-Key: <your-api-key>' --header 'Idempotency-Key: 123' --header 'content-type: application/json' --data '{\"reason\":\"customer_request\",\"fee\":2.5}'",
            line: "POST /v1/deliveries/DLV-5512/cancel",
            headers: &[("x-api-key", "d3l"), ("idempotency-key", "effect_key")],
            body: r#"{"reason":"customer_request","fee":2.5}"#,
            inputs: &["delivery_id", "fee", "reason"],
            secrets: &[("DELIVERY_API_KEY", "d3l")],
            ..NONE
        },
        Pasted {
            name: "basic written out in base64",
            text: "curl 'https://erp.example.com/rest/invoices?number=2026-0042' -H 'Authorization: Basic c2VydmljZTpwYTU1dzByZA=='",
            line: "GET /rest/invoices?number=2026-0042",
            headers: &[("authorization", "Basic c2VydmljZTpwYTU1dzByZA==")],
            inputs: &["number"],
            hidden: &["pa55w0rd", "c2VydmljZTpwYTU1dzByZA"],
            ..NONE
        },
        Pasted {
            name: "a form with groups and a secret in it",
            text: "curl -X POST https://slack.example.com/api/chat.postMessage -d 'token=xoxb-0123456789-abc&channel=C024BE91L&text=Order+4512+is+late&metadata[order_id]=4512'",
            line: "POST /api/chat.postMessage",
            body: "token=xoxb-0123456789-abc&channel=C024BE91L&text=Order+4512+is+late&metadata%5Border_id%5D=4512",
            inputs: &["channel", "text", "order_id"],
            hidden: &["xoxb-0123456789"],
            ..NONE
        },
        Pasted {
            name: "many options that say nothing, and a pipe",
            text: "curl -sSfL -k --http1.1 --max-time 5 --retry 3 -o out.json -w '%{http_code}' -A 'shop-sync/1.0' 'https://stock.example.com/v2/items/SKU-99817/availability?warehouse=VIE' | jq '.available'",
            line: "GET /v2/items/SKU-99817/availability?warehouse=VIE",
            headers: &[("user-agent", "shop-sync/1.0")],
            inputs: &["item_id", "warehouse"],
            ..NONE
        },
    ]
}
